"""Real files made in the test: what people upload, and what attackers upload."""

import io
import zipfile

import docx
import pypdfium2
import typst

from app.core.typesetting import CHINESE_FONTS

RESUME = "林小溪的求职简历\n工作经历\n2019.07-至今 一家氟化工厂 DCS内操\n负责两条无水氟化氢线的中控操作"
WORD = "word/document.xml"
FONT = next((font for font in CHINESE_FONTS if font in set(typst.Fonts().families())), "")


def pdf(text=RESUME):
    """The text reaches typst as data, so that nothing in it is markup."""
    font = f'font: "{FONT}", ' if FONT else ""
    lines = '#for line in sys.inputs.text.split("\\n") [#line \\ ]'
    source = f"#set text({font}cjk-latin-spacing: none)\n{lines}"
    return typst.compile(source.encode(), sys_inputs={"text": text})


def pages(count):
    return typst.compile(("#pagebreak()\n" * (count - 1)).encode())


def picture(page_of=RESUME, stamp=""):
    """A scan: the page drawn as one bitmap, with at most a stamp of real text on it."""
    drawn = pypdfium2.PdfDocument(pdf(page_of))[0].render(scale=1)
    scan = pypdfium2.PdfDocument(pdf(stamp) if stamp else pages(1))
    page = scan[0]
    image = pypdfium2.PdfImage.new(scan)
    image.set_bitmap(drawn)
    image.set_matrix(pypdfium2.PdfMatrix().scale(*page.get_size()))
    page.insert_obj(image)
    page.gen_content()
    return saved(scan)


def locked_pdf():
    """Its user password is not the empty one: neither /O nor /U answers to it."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] >>",
        b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <" + b"41" * 32 + b"> /U <" + b"42" * 32 + b"> >>",
    ]
    return assembled(objects, b"/Root 1 0 R /Encrypt 4 0 R /ID [<00> <00>]")


def assembled(objects, trailer=b"/Root 1 0 R"):
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    end = b"trailer\n<< /Size %d %b >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, len(out))
    return out + head + table + end


def saved(document):
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def word(text=RESUME):
    document = docx.Document()
    for line in text.split("\n"):
        document.add_paragraph(line)
    return saved(document)


def repacked(content, changes, compression=zipfile.ZIP_DEFLATED):
    """The same Word file with some parts replaced or added; None takes one out."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", compression) as new:
        for name in old.namelist():
            if name not in changes:
                new.writestr(name, old.read(name))
        for name, part in changes.items():
            if part is not None:
                new.writestr(name, part)
    return buffer.getvalue()


def part_of(content, name=WORD):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name)

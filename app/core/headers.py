"""Response headers: a strict content policy without inline script or style, nothing from other hosts."""

from flask import Flask, Response, request
from secure import Secure, StrictTransportSecurity
from secure.headers import (
    ContentSecurityPolicy,
    CrossOriginOpenerPolicy,
    PermissionsPolicy,
    ReferrerPolicy,
    XContentTypeOptions,
    XFrameOptions,
)

POLICY = (
    ContentSecurityPolicy()
    .default_src("'self'")
    .script_src("'self'")
    .style_src("'self'")
    .img_src("'self'")
    .connect_src("'self'")
    .object_src("'none'")
    .base_uri("'none'")
    .form_action("'self'")
    .frame_ancestors("'none'")
)


def _headers(is_production: bool) -> Secure:
    return Secure(
        csp=POLICY,
        coop=CrossOriginOpenerPolicy().same_origin(),
        permissions=PermissionsPolicy().geolocation().microphone().camera("self"),
        referrer=ReferrerPolicy().strict_origin_when_cross_origin(),
        xcto=XContentTypeOptions().nosniff(),
        xfo=XFrameOptions().deny(),
        hsts=StrictTransportSecurity().max_age(31_536_000) if is_production else None,
    )


def init_app(app: Flask) -> None:
    secure = _headers(app.config.get("APP_ENV") == "production")
    fixed = dict(secure.headers)

    @app.after_request
    def _add(response: Response) -> Response:
        for name, value in fixed.items():
            response.headers.setdefault(name, value)
        if (
            request.endpoint == "static"
        ):  # a versioned address never changes; others are asked for again by ETag
            forever = "public, max-age=31536000, immutable"
            response.headers["Cache-Control"] = forever if "v" in request.args else "no-cache"
        else:
            response.headers.setdefault("Cache-Control", "private, no-cache")
        return response

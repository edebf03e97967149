"""From the fields and the free text of posts and résumés to typed profiles, each reading with the words it came from."""

"""Stored files: what was uploaded or made, checked for what it really is, kept outside the web's reach.

A room declares what it takes (`register_purpose`), offers an `UploadField`, stores through `store_file` and gives out
through `file_response`. Erasing a case erases the bytes of its files too.
"""

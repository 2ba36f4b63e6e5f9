"""Many homes on one computer or on many: their nights, what their people give, and what it comes to together.

No engine is known here: `serve_bucket` is a plain function, called in a loop, by threads, or by Prefect on Dask.
"""

"""The workspace's page: a place to try the app by hand, in a browser on this machine, with nothing from elsewhere."""

from handlers.sandbox.page.routes import Page

__all__ = ["Page"]

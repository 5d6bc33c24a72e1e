"""The request as our views meet it: signed in."""

from django.http import HttpRequest

from tenancy.models import User


class UserRequest(HttpRequest):
    user: User

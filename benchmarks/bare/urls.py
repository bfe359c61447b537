"""The baseline's one page beside those of the service."""

from django.urls import include, path

from .views import put

urlpatterns = [path("bare/", put), path("", include("config.urls"))]

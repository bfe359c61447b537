"""Where everything is mounted."""

from django.contrib import admin
from django.urls import include, path

from config.health import health

urlpatterns = [
    path("", include("workflows.urls")),
    path("", include("villages.urls")),
    path("", include("disclosure.urls")),
    path("log/", include("audit.urls")),
    path("health/", health, name="health"),
    path("admin/", admin.site.urls),
]

# What is too large for a form, or none, is answered in our own words.
handler400 = "workflows.views.refused.not_understood"

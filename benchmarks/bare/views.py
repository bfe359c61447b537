"""A page that does nothing but insert a row, for whoever has signed in."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from .models import Line


@login_required
@require_POST
def put(request: HttpRequest) -> HttpResponse:
    Line.objects.create(text=request.POST["text"])
    return HttpResponse("好")

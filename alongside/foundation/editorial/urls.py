"""Addresses of the editorial pages."""

from django.urls import path

from alongside.foundation.editorial import views

app_name = "editorial"
urlpatterns = [
    path("wording/", views.item_list, name="items"),
    path("wording/<str:key>/", views.item_page, name="item"),
    path("wording/<str:key>/<slug:language>/edit/", views.edit, name="edit"),
    path("wording/<str:key>/<slug:language>/<int:number>/approve/", views.approve, name="approve"),
]

from django.urls import path

from staffing import views

app_name = "staffing"
urlpatterns = [
    path("workers/<int:pk>/identity/", views.reveal_identity, name="identity-reveal"),
    path("certificates/<int:pk>/verification/", views.verify, name="certificate-verify"),
]

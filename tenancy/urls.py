from django.urls import path

from tenancy.views import account, appointments, areas, messages, people, sign_in

app_name = "tenancy"
urlpatterns = [
    path("login/", sign_in.sign_in, name="login"),
    path("logout/", sign_in.sign_out, name="logout"),
    path("account/", account.account, name="account"),
    path("password/", account.password, name="password-change"),
    path("appointments/", appointments.appointment_list, name="appointment-list"),
    path("appointments/new/", appointments.appointment_new, name="appointment-new"),
    path("appointments/<int:pk>/", appointments.appointment_detail, name="appointment-detail"),
    path("appointments/<int:pk>/end/", appointments.appointment_end, name="appointment-end"),
    path("messages/", messages.message_list, name="message-list"),
    path("messages/read/", messages.message_read_all, name="message-read-all"),
    path("messages/<int:pk>/", messages.message_open, name="message-open"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/reset/", people.reset_password, name="person-reset"),
    path("people/<int:pk>/end/", people.end_account, name="person-end"),
    path("areas/<str:code>/edit/", areas.edit, name="area-edit"),
    path("areas/<str:code>/replace/", areas.replace, name="area-replace"),
    path("areas/<str:code>/merge/", areas.merge, name="area-merge"),
]

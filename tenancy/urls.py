from django.urls import path

from tenancy.views import account, sign_in

app_name = "tenancy"
urlpatterns = [
    path("login/", sign_in.sign_in, name="login"),
    path("logout/", sign_in.sign_out, name="logout"),
    path("account/", account.account, name="account"),
    path("password/", account.password, name="password-change"),
]

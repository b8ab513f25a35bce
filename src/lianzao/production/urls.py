from django.urls import path

from lianzao.production.pages import jobs, orders, today

urlpatterns = [
    path("today", today.today, name="today"),
    path("work-centres/<str:ref>", today.work_centre, name="work_centre"),
    path("jobs/<str:ref>", jobs.job, name="job"),
    path("jobs/<str:ref>/report", jobs.report, name="job_report"),
    path("jobs/<str:ref>/code.svg", jobs.code, name="job_code"),
    path("orders", orders.orders, name="orders"),
    path("orders/<str:ref>", orders.order, name="order"),
    path("orders/<str:ref>/cancel", orders.cancel, name="order_cancel"),
    path("orders/<str:ref>/replan", orders.replan, name="order_replan"),
]

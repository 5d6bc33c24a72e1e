from django.urls import include, path

from filings.views import board, filling, records, review, settings, totals, workbooks

app_name = "filings"
FILLING = [
    path("<int:pk>/edit/", filling.record_edit, name="record-edit"),
    path("<int:pk>/draft/", filling.record_draft, name="record-draft"),
    path("<int:pk>/confirm/", filling.record_confirm, name="record-confirm"),
    path("<int:pk>/withdraw/", filling.record_withdraw, name="record-withdraw"),
]
REVIEWING = [
    path("review/", review.review_queue, name="review-queue"),
    path("review/accept/", review.records_accept, name="records-accept"),
    path("<int:pk>/open/", review.record_open, name="record-open"),
    path("<int:pk>/accept/", review.record_accept, name="record-accept"),
    path("<int:pk>/return/", review.record_return, name="record-return"),
    path("<int:pk>/reopen/", review.record_reopen, name="record-reopen"),
    path("<int:pk>/extend/", review.record_extend, name="record-extend"),
]
BOARD = [
    path("board/", board.board, name="board"),
    path("board/export/", board.board_export, name="board-export"),
    path("totals/", totals.totals_page, name="totals"),
    path("totals/export/", totals.totals_export, name="totals-export"),
    path("board/remind/", board.remind, name="remind"),
]
SETTINGS = [
    path("definitions/", settings.definitions, name="definitions"),
    path("settings/", settings.filing_settings, name="filing-settings"),
    path("calendar/", settings.calendar, name="calendar"),
]
WORKBOOKS = [
    path("workbooks/", workbooks.workbook_list, name="workbook-list"),
    path("workbooks/blank.xlsx", workbooks.workbook_blank, name="workbook-blank"),
    path("workbooks/<int:pk>/", workbooks.workbook_detail, name="workbook-detail"),
    path(
        "workbooks/<int:pk>/annotated.xlsx",
        workbooks.workbook_annotated,
        name="workbook-annotated",
    ),
    path("workbooks/<int:pk>/confirm/", workbooks.workbook_confirm, name="workbook-confirm"),
]
RECORDS = [
    path("", records.record_list, name="record-list"),
    path("<int:pk>/", records.record_detail, name="record-detail"),
    *FILLING,
    *REVIEWING,
    *BOARD,
    *SETTINGS,
    *WORKBOOKS,
]
urlpatterns = [path("records/", include(RECORDS))]

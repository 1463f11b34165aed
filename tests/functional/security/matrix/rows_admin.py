"""The expected answers for what is no page and no file: vocabularies, people, settings, reports."""

from __future__ import annotations

REPORTS = """
wagtailadmin_reports:locked_pages                | -       | editors       | nothing
wagtailadmin_reports:locked_pages_results        | -       | editors       | nothing
wagtailadmin_reports:workflow                    | -       | editors       | nothing
wagtailadmin_reports:workflow_results            | -       | editors       | nothing
wagtailadmin_reports:workflow_tasks              | -       | editors       | nothing
wagtailadmin_reports:workflow_tasks_results      | -       | editors       | nothing
wagtailadmin_reports:site_history                | -       | editors       | nothing
wagtailadmin_reports:site_history_results        | -       | editors       | nothing
wagtailadmin_reports:aging_pages                 | -       | editors       | nothing
wagtailadmin_reports:aging_pages_results         | -       | editors       | nothing
wagtailadmin_reports:page_types_usage            | -       | editors       | nothing
wagtailadmin_reports:page_types_usage_results    | -       | editors       | nothing
wagtail_localize:translations_report             | -       | editors       | nothing
wagtail_localize:translations_report_results     | -       | editors       | nothing
"""

ADMINISTRATION = """
wagtailadmin_collections:index                   | -       | administrators | nothing
wagtailadmin_collections:add                     | -       | administrators | nothing
wagtailadmin_collections:edit                    | collection | administrators | nothing
wagtailadmin_collections:delete                  | collection | administrators | administrators
wagtailadmin_collections:set_privacy             | collection | administrators | nothing
wagtailadmin_workflows:index                     | -          | administrators | nothing
wagtailadmin_workflows:index_results             | -          | administrators | nothing
wagtailadmin_workflows:add                       | -          | administrators | nothing
wagtailadmin_workflows:enable                    | workflow   | nobody         | administrators
wagtailadmin_workflows:disable                   | workflow   | administrators | administrators
wagtailadmin_workflows:edit                      | workflow   | administrators | nothing
wagtailadmin_workflows:usage                     | workflow   | administrators | nothing
wagtailadmin_workflows:usage_results             | workflow   | administrators | nothing
wagtailadmin_workflows:remove(page_pk)           | home    | nobody        | administrators
wagtailadmin_workflows:remove(page_pk, workflow_pk) | home    | nobody        | administrators
wagtailadmin_workflows:add_task                  | task types | administrators | nothing
wagtailadmin_workflows:select_task_type          | -          | administrators | nothing
wagtailadmin_workflows:task_index                | -          | administrators | nothing
wagtailadmin_workflows:task_index_results        | -          | administrators | nothing
wagtailadmin_workflows:edit_task                 | task       | administrators | nothing
wagtailadmin_workflows:disable_task              | task       | administrators | administrators
wagtailadmin_workflows:enable_task               | task       | nobody         | administrators
wagtailadmin_workflows:task_chooser              | -          | administrators | nothing
wagtailadmin_workflows:task_chooser_results      | -          | administrators | nothing
wagtailadmin_workflows:task_chooser_create       | -          | administrators | nothing
wagtailadmin_workflows:task_chosen               | task       | administrators | nothing
wagtailredirects:index                           | -          | administrators | nothing
wagtailredirects:index_results                   | -          | administrators | nothing
wagtailredirects:add                             | -          | administrators | nothing
wagtailredirects:edit                            | redirect   | administrators | nothing
wagtailredirects:delete                          | redirect   | administrators | administrators
wagtailredirects:start_import                    | -          | administrators | nothing
wagtailredirects:process_import                  | -       | nobody        | untried
wagtailsettings:edit(app_name, model_name)[models_pages.portalsettings]     | -       | staff          | nothing
wagtailsettings:edit(app_name, model_name, pk)[models_pages.portalsettings] | setting | administrators | nothing
wagtailsettings:preview_on_edit[models_pages.portalsettings] | setting | nobody        | nothing
wagtail_bulk_action[accounts.user.assign_role]      | user    | administrators | nothing
wagtail_bulk_action[accounts.user.delete]        | user    | administrators | nobody
wagtail_bulk_action[accounts.user.set_active_state] | user    | administrators | nothing
wagtail_bulk_action[models_pages.theme.delete]        | theme        | editors | editors
wagtail_bulk_action[models_pages.targetgroup.delete]  | targetgroup  | editors | editors
wagtail_bulk_action[models_pages.region.delete]       | region       | editors | editors
wagtail_bulk_action[models_pages.funder.delete]       | funder       | editors | editors
wagtail_bulk_action[models_pages.organisation.delete] | organisation | editors | editors
wagtail_bulk_action[models_pages.sectionguidance.delete] | sectionguidance   | nobody         | nobody
wagtail_bulk_action[editorial.checklistquestion.delete]  | checklistquestion | administrators | administrators
wagtail_bulk_action[editorial.reviewphrase.delete]       | reviewphrase      | administrators | administrators
wagtailsnippets:index                            | -          | nobody         | nothing
"""

# Raises an error on purpose: untried.
# Whoever may log in: one's own account, the way in, and what every screen of the admin loads.
EVERYBODY = """
wagtailadmin_account                             | -       | staff         | nothing
wagtailadmin_logout                              | -       | nobody        | nothing
wagtailadmin_login                               | -       | anyone        | nothing
wagtailadmin_password_reset                      | -       | anyone        | nothing
wagtailadmin_password_reset_done                 | -       | anyone        | nothing
wagtailadmin_password_reset_confirm              | -       | anyone        | nothing
wagtailadmin_password_reset_complete             | -       | anyone        | nothing
wagtailadmin_javascript_catalog                  | -       | anyone        | nothing
wagtailadmin_sprite                              | -       | anyone        | nothing
wagtailadmin_dismissibles                        | -       | staff         | nothing
wagtailadmin_editing_sessions:ping               | pages   | nobody        | sees
wagtailadmin_editing_sessions:release            | -       | nobody        | nothing
wagtailadmin_block_preview                       | -       | nobody        | nothing
wagtailadmin_tag_autocomplete                    | -       | staff         | nothing
wagtailadmin_tag_model_autocomplete              | -       | nobody        | nothing
wagtailadmin_error_test                          | untried | nobody        | nothing
wagtail_localize:javascript_catalog              | -       | staff         | nothing
wagtailembeds:chooser                            | -       | staff         | nothing
wagtailembeds:chooser_upload                     | -       | staff         | nothing
/admin/test404/                                  | -       | staff         | nothing
/admin/^.*/$                                     | -       | nobody        | nothing
/admin/search/synonyms/add/                      | -       | editors       | nothing
"""

# Doors of Wagtail's that lead to nothing of ours: no snippet is translated, no page is a form.
SHUT = """
wagtail_localize:submit_snippet_translation      | -       | nobody        | nothing
wagtail_localize:edit_string_translation         | -       | nobody        | nothing
wagtail_localize:edit_override                   | -       | nobody        | nothing
wagtail_localize:download_pofile                 | -       | nobody        | nothing
wagtail_localize:upload_pofile                   | -       | nobody        | nothing
wagtail_localize:machine_translate               | -       | nobody        | nothing
wagtail_localize:preview_translation(translation_id)       | - | nobody     | nothing
wagtail_localize:preview_translation(translation_id, mode) | - | nobody     | nothing
wagtail_localize:stop_translation                | -       | nobody        | nothing
wagtail_localize:snippets_api_listing            | -       | nobody        | nothing
wagtail_localize:snippets_api_detail             | -       | nobody        | nothing
wagtailforms:index                               | -       | staff         | nothing
wagtailforms:index_results                       | -       | staff         | nothing
wagtailforms:list_submissions                    | pages   | nobody        | nothing
wagtailforms:list_submissions_results            | pages   | nobody        | nothing
wagtailforms:delete_submissions                  | pages   | nobody        | nothing
"""

# A viewset's addresses: namespace | object | who lists, adds, changes, deletes.
# Addresses that a viewset does not have are not asked; one that no line of ACTIONS names fails.
VIEWSETS = """
wagtailsnippets_models_pages_theme               | theme             | editors        | editors        | editors        | editors
wagtailsnippets_models_pages_targetgroup         | targetgroup       | editors        | editors        | editors        | editors
wagtailsnippets_models_pages_region              | region            | editors        | editors        | editors        | editors
wagtailsnippets_models_pages_funder              | funder            | editors        | editors        | editors        | editors
wagtailsnippets_models_pages_organisation        | organisation      | editors        | editors        | editors        | editors
wagtailsnippets_models_pages_sectionguidance     | sectionguidance   | administrators | nobody         | administrators | nobody
wagtailsnippets_editorial_checklistquestion      | checklistquestion | administrators | administrators | administrators | administrators
wagtailsnippets_editorial_reviewphrase           | reviewphrase      | administrators | administrators | administrators | administrators
search_synonyms                                  | synonym           | editors        | editors        | editors        | editors
search_own_words                                 | ownword           | editors        | editors        | editors        | editors
search_pins                                      | pin               | editors        | editors        | editors        | editors
account_requests                                 | request           | editors        | nobody         | editors        | nobody
invitations                                      | invitation        | editors        | editors        | editors        | editors
wagtaillocales                                   | locale            | nobody         | nobody         | nobody         | nobody
wagtailsites                                     | site              | nobody         | nobody         | nobody         | nobody
wagtailusers_users                               | user              | administrators | administrators | administrators | administrators
wagtailusers_groups                              | group             | administrators | administrators | administrators | administrators
"""

# Where a viewset's address differs from its family.
EXCEPTIONS = """
account_requests:edit                            | request | editors       | editors
wagtailsnippets_models_pages_sectionguidance:edit | sectionguidance | administrators | administrators
"""

# address of a viewset | with an object | whose right: GET | whose right: POST
ACTIONS = """
list            | no  | list   | nothing
list_results    | no  | list   | nothing
index           | no  | list   | nothing
index_results   | no  | list   | nothing
add             | no  | add    | nothing
copy            | yes | add    | nothing
edit            | yes | change | nothing
history         | yes | change | nothing
history_results | yes | change | nothing
usage           | yes | change | nothing
delete          | yes | delete | delete
reorder         | yes | nobody | nothing
"""

# Nothing is made in these choosers: Wagtail has no form there and fails on a post.
# A vocabulary's terms are chosen in the forms of whoever writes.
CHOOSERS = """
wagtailsnippetchoosers_models_pages_theme             | theme
wagtailsnippetchoosers_models_pages_targetgroup       | targetgroup
wagtailsnippetchoosers_models_pages_region            | region
wagtailsnippetchoosers_models_pages_funder            | funder
wagtailsnippetchoosers_models_pages_organisation      | organisation
wagtailsnippetchoosers_models_pages_sectionguidance   | sectionguidance
wagtailsnippetchoosers_editorial_checklistquestion    | checklistquestion
wagtailsnippetchoosers_editorial_reviewphrase         | reviewphrase
"""

CHOOSING = """
choose          | no  | staff  | nothing
choose_results  | no  | staff  | nothing
chosen          | yes | staff  | nothing
chosen_multiple | yes | staff  | nothing
create          | no  | add    | untried
"""

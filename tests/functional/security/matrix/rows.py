"""The expected answers, written by hand from the design (section 5): who may open which door.

A line is: the door's key (``doors.py``), the objects that it is tried with (``world.py``), who may
GET, and who may POST. The names of the rules are in ``rules.py``. ``nothing`` under POST: whoever
posts, nothing is written; ``untried``: Wagtail fails on what no screen of its own posts. A new address needs a line here; where its arguments are not an object of
these kinds, also one in ``arguments.py``.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """What is expected of one door."""

    key: str
    objects: str
    get: str
    post: str


PAGES = """
# Listings, and starting something
wagtailadmin_home                                | -       | staff         | nothing
wagtailadmin_explore_root                        | -       | staff         | nothing
wagtailadmin_explore                             | pages   | knows         | nothing
wagtailadmin_explore_results                     | pages   | knows         | nothing
wagtailadmin_pages:search                        | -       | staff         | nothing
wagtailadmin_pages:search_results                | -       | staff         | nothing
wagtailadmin_pages:type_use                      | types   | staff         | nothing
wagtailadmin_pages:type_use_results              | types   | staff         | nothing
wagtailadmin_pages:choose_parent                 | types   | staff         | nothing
wagtailadmin_pages:add                           | places  | adds          | adds
wagtailadmin_pages:preview_on_add                | places  | adds something | nothing
wagtailadmin_pages:add_subpage                   | places  | adds something | nothing

# One page
wagtailadmin_pages:edit                          | pages   | sees          | edits
wagtailadmin_pages:preview_on_edit               | pages   | sees          | nothing
wagtailadmin_pages:view_draft                    | pages   | sees          | nothing
wagtailadmin_pages:usage                         | pages   | sees          | nothing
wagtailadmin_pages:delete                        | pages   | administrators | administrators
take_down                                        | live models | takes down    | takes down
wagtailadmin_pages:unpublish                     | live models | takes down    | takes down
wagtailadmin_pages:convert_alias                 | pages   | nobody        | nobody
wagtailadmin_pages:move                          | pages   | moves         | nothing
wagtailadmin_pages:move_confirm                  | models  | moves         | moves
wagtailadmin_pages:set_page_position             | pages   | nobody        | orders
wagtailadmin_pages:copy                          | pages   | copies        | copies
wagtailadmin_pages:set_privacy                   | pages   | editors       | editors
wagtailadmin_pages:lock                          | live models | nobody        | editors
wagtailadmin_pages:unlock                        | live models | nobody        | editors
wagtailadmin_pages:revisions_index               | pages   | staff         | nothing
wagtailadmin_pages:revisions_view                | models  | sees          | nothing
wagtailadmin_pages:revisions_revert              | models  | sees          | nothing
wagtailadmin_pages:revisions_unschedule          | models  | editors       | editors
wagtailadmin_pages:revisions_compare             | models  | sees          | nothing
wagtailadmin_pages:workflow_history              | pages   | sees          | nothing
wagtailadmin_pages:workflow_history_detail       | reviewed | sees         | nothing
wagtailadmin_pages:history                       | pages   | sees          | nothing
wagtailadmin_pages:history_results               | pages   | sees          | nothing
wagtailadmin_pages:confirm_workflow_cancellation | waiting | sees          | nothing
wagtailadmin_pages:workflow_preview              | waiting | reviews       | nothing
wagtailadmin_pages:workflow_action[approve]      | waiting | approves      | approves
wagtailadmin_pages:workflow_action[reject]       | waiting | returns       | returns
wagtailadmin_pages:workflow_action[decline]      | waiting | returns       | returns
wagtailadmin_pages:collect_workflow_action_data[approve] | waiting | approves | nothing
wagtailadmin_pages:collect_workflow_action_data[reject]  | waiting | returns  | nothing
wagtailadmin_pages:collect_workflow_action_data[decline] | waiting | returns  | nothing

# Many pages at once: allowed is where the page is among those that will be treated
wagtail_bulk_action[wagtailcore.page.delete]     | pages   | administrators | nobody
wagtail_bulk_action[wagtailcore.page.move]       | pages   | moves         | nothing
wagtail_bulk_action[wagtailcore.page.publish]    | pages   | publishes     | publishes
wagtail_bulk_action[wagtailcore.page.unpublish]  | live models | takes down | nobody

# Choosers
wagtailadmin_choose_page                         | -       | staff         | nothing
wagtailadmin_choose_page_child                   | pages   | knows         | nothing
wagtailadmin_choose_page_search                  | -       | staff         | nothing
wagtailadmin_choose_page_chosen_multiple         | pages   | knows         | nothing
wagtailadmin_choose_page_external_link           | -       | staff         | nothing
wagtailadmin_choose_page_email_link              | -       | staff         | nothing
wagtailadmin_choose_page_phone_link              | -       | staff         | nothing
wagtailadmin_choose_page_anchor_link             | -       | staff         | nothing

# The admin's own API
wagtailadmin_api:pages:listing                   | -       | staff         | nothing
wagtailadmin_api:pages:detail                    | pages   | knows         | nothing
wagtailadmin_api:pages:find                      | pages   | knows         | nothing

# Translations
wagtail_localize:submit_page_translation         | pages   | translates    | nothing
wagtail_localize:update_translations             | -       | nobody        | nobody
wagtail_localize:convert_to_alias                | pages   | nobody        | nobody
"""

OWN_SCREENS = """
# Authors
editorial:own_models                             | -       | staff         | nothing
editorial:adapt_choose                           | -       | staff         | nothing
editorial:adapt                                  | pages   | adapts        | adapts
editorial:copy                                   | pages   | copies own    | copies own
editorial:people                                 | models  | sees          | nothing
editorial:who                                    | -       | staff         | nothing
editorial:logged_in                              | -       | staff         | nothing
editorial:completeness                           | models  | sees          | nothing
editorial:checks                                 | models  | sees          | nothing
editorial:similar                                | models  | sees          | nothing
editorial:import                                 | -       | staff         | nothing
editorial:import_preview                         | imports | its account   | its account
editorial:import_picture                         | imports | its account   | nothing

# Keeping models alive
editorial:keep                                   | -       | nobody        | nobody
editorial:confirm                                | live models | confirms      | confirms
editorial:archive                                | live models | archives      | archives
editorial:restore                                | pages   | restores      | restores
editorial:overdue                                | -       | editors       | nothing
editorial:overdue_results                        | -       | editors       | nothing
editorial:archived                               | -       | editors       | nothing
editorial:archived_results                       | -       | editors       | nothing
editorial:dead_links                             | -       | staff         | nothing
editorial:ownerless                              | -       | editors       | nothing

# Editors
editorial:queue                                  | -       | editors       | nothing
editorial:queue_results                          | -       | editors       | nothing
editorial:assign                                 | waiting | nobody        | editors
editorial:review                                 | waiting | editors       | nothing
editorial:review_read                            | waiting | reviews       | nothing
editorial:decisions                              | -       | editors       | nothing
editorial:decisions_results                      | -       | editors       | nothing
editorial:figures_models                         | -       | editors       | nothing
editorial:figures_sections                       | -       | editors       | nothing
editorial:figures_throughput                     | -       | editors       | nothing
editorial:searches_not_found                     | -       | editors       | nothing
editorial:searches_not_found_results             | -       | editors       | nothing
editorial:searches_common                        | -       | editors       | nothing
editorial:searches_common_results                | -       | editors       | nothing

# People's data
personal_data_own                                | -       | staff         | nothing
personal_data_of                                 | user    | administrators | administrators
personal_data_erase                              | user    | administrators | nothing
"""

MEDIA = """
wagtaildocs:index                                | -         | staff       | nothing
wagtaildocs:index_results                        | -         | staff       | nothing
wagtaildocs:add                                  | -         | staff       | nothing
wagtaildocs:edit                                 | documents | changes file | changes file
wagtaildocs:delete                               | documents | changes file | changes file
wagtaildocs:add_multiple                         | -         | staff       | nothing
wagtaildocs:edit_multiple                        | documents | nobody      | changes file
wagtaildocs:delete_multiple                      | documents | nobody      | changes file
wagtaildocs:create_multiple_from_uploaded_document | uploads | nobody      | nobody
wagtaildocs:delete_upload_multiple               | uploads   | nobody      | nobody
wagtaildocs:document_usage                       | documents | changes file | nothing
wagtaildocs_chooser:choose                       | -         | staff       | nothing
wagtaildocs_chooser:choose_results               | -         | staff       | nothing
wagtaildocs_chooser:chosen                       | documents | chooses file | nothing
wagtaildocs_chooser:chosen_multiple              | documents | chooses file | nothing
wagtaildocs_chooser:create                       | -         | staff       | nothing
wagtail_bulk_action[models_pages.portaldocument.add_tags]          | documents | editors | nothing
wagtail_bulk_action[models_pages.portaldocument.add_to_collection] | documents | changes file | nothing
wagtail_bulk_action[models_pages.portaldocument.delete]            | documents | changes file | changes file
wagtailadmin_api:documents:listing               | -         | staff       | nothing
wagtailadmin_api:documents:detail                | documents | chooses file | nothing
wagtailadmin_api:documents:find                  | documents | chooses file | nothing
wagtaildocs_serve                                | documents | reads file  | nothing

wagtailimages:index                              | -         | staff       | nothing
wagtailimages:index_results                      | -         | staff       | nothing
wagtailimages:add                                | -         | staff       | nothing
wagtailimages:edit                               | images    | changes file | changes file
wagtailimages:delete                             | images    | changes file | changes file
wagtailimages:add_multiple                       | -         | staff       | nothing
wagtailimages:edit_multiple                      | images    | nobody      | changes file
wagtailimages:delete_multiple                    | images    | nobody      | changes file
wagtailimages:create_multiple_from_uploaded_image | uploads  | nobody      | nobody
wagtailimages:delete_upload_multiple             | uploads   | nobody      | nobody
wagtailimages:image_usage                        | images    | changes file | nothing
wagtailimages:url_generator                      | images  | nobody        | nothing
wagtailimages:url_generator_output               | images  | nobody        | nothing
wagtailimages:preview                            | images    | changes file | nothing
wagtailimages_chooser:choose                     | -         | staff       | nothing
wagtailimages_chooser:choose_results             | -         | staff       | nothing
wagtailimages_chooser:chosen                     | images    | chooses file | nothing
wagtailimages_chooser:chosen_multiple            | images    | chooses file | nothing
wagtailimages_chooser:create                     | -         | staff       | nothing
wagtailimages_chooser:select_format              | images    | chooses file | nothing
wagtail_bulk_action[models_pages.portalimage.add_tags]          | images | editors | nothing
wagtail_bulk_action[models_pages.portalimage.add_to_collection] | images | changes file | nothing
wagtail_bulk_action[models_pages.portalimage.delete]            | images | changes file | changes file
wagtailadmin_api:images:listing                  | -         | staff       | nothing
wagtailadmin_api:images:detail                   | images    | chooses file | nothing
wagtailadmin_api:images:find                     | images    | chooses file | nothing
"""

PUBLIC = """
root                                             | -       | anyone        | nothing
wagtail_serve[]                                  | pages   | reads         | nothing
wagtail_serve[path_view]                         | models  | reads         | nothing
wagtail_serve[comparison]                        | models  | nobody        | nothing
models_api:list                                  | -       | anyone        | nothing
models_api:detail                                | models  | reads openly  | nothing
search_api:search                                | -       | anyone        | nothing
search_api:suggest                               | -       | anyone        | nothing
search:search                                    | -       | anyone        | nothing
search:feed                                      | -       | anyone        | nothing
search:csv                                       | -       | anyone        | nothing
feed                                             | -       | anyone        | nothing
sitemap                                          | -       | anyone        | nothing
sitemap_file                                     | -       | anyone        | nothing
robots                                           | -       | anyone        | nothing
health_live                                      | -       | anyone        | nothing
health_ready                                     | -       | anyone        | nothing
rendition                                        | -       | nobody        | nothing
wagtaildocs_authenticate_with_password           | -       | nobody        | nothing
wagtailcore_authenticate_with_password           | -       | nobody        | nothing
wagtailcore_login                                | -       | anyone        | nothing
accounts:request                                 | -       | anyone        | nothing
accounts:sent                                    | -       | anyone        | nothing
accounts:confirm                                 | -       | nobody        | nothing
accounts:invitation                              | -       | nobody        | nothing
"""

//! The names of errors: what OAuth and its extensions define, what Microsoft Entra says in their place, what the
//! libraries call their own troubles, and what Microsoft's APIs say when a token does not please them.

/// Values of `error` that count even without anything beside them: RFC 6749, 6750, 8628, 8693, 8707, 9126, 9449, 9470,
/// OpenID Connect Core and CIBA, and what Microsoft Entra and its libraries say in its place.
const OAUTH: [&str; 77] = [
    "access_denied",
    "account_selection_required",
    "attributes_required",
    "authentication_failed",
    "authorization_declined",
    "authorization_pending",
    "bad_token",
    "bad_verification_code",
    "code_expired",
    "consent_required",
    "credential_required",
    "endpoints_resolution_error",
    "expired_login_hint_token",
    "expired_token",
    "insufficient_claims",
    "insufficient_scope",
    "insufficient_user_authentication",
    "interaction_required",
    "interrupted_user",
    "invalid_authorization_details",
    "invalid_binding_message",
    "invalid_client",
    "invalid_client_metadata",
    "invalid_continuation_token",
    "invalid_dpop_proof",
    "invalid_grant",
    "invalid_instance",
    "invalid_issuer",
    "invalid_metadata",
    "invalid_redirect_uri",
    "invalid_request",
    "invalid_request_object",
    "invalid_request_uri",
    "invalid_resource",
    "invalid_scope",
    "invalid_software_statement",
    "invalid_subject",
    "invalid_target",
    "invalid_tenant",
    "invalid_token",
    "invalid_token_response",
    "invalid_trust_anchor",
    "invalid_trust_chain",
    "invalid_user_code",
    "invalid_user_info_response",
    "login_required",
    "managed_identity_request_failed",
    "mfa_required",
    "missing_user_code",
    "native_account_unavailable",
    "no_account_found",
    "no_tokens_found",
    "redirect_uri_mismatch",
    "registration_not_supported",
    "registration_required",
    "request_denied",
    "request_not_supported",
    "request_uri_not_supported",
    "server_error",
    "slow_down",
    "temporarily_unavailable",
    "transaction_failed",
    "unapproved_software_statement",
    "unauthorized_client",
    "unknown_user_id",
    "unmet_authentication_requirements",
    "unsupported_auth_method",
    "unsupported_challenge_type",
    "unsupported_grant_type",
    "unsupported_response_mode",
    "unsupported_response_type",
    "unsupported_token_type",
    "use_dpop_nonce",
    "user_cancelled",
    "user_password_expired",
    "verification_required",
    "wrong_tenant",
];

/// What the libraries of Microsoft call errors of their own (`ErrorCode`, `errorCode`), by first letter, in order.
const LIBRARY: [&str; 26] = [
    "accessing_ws_metadata_exchange_failed activity_required adfs_not_supported_with_broker \
     android_activity_not_found android_broker_operation_failed auth_code_required \
     auth_request_not_set_error auth_time_not_found authentication_canceled authentication_ui_failed \
     authority_host_mismatch authority_mismatch authority_override_regional \
     authority_tenant_specified_twice authority_type_mismatch authority_uri_insecure \
     authority_validation_failed authorization_code_missing_from_server_response",
    "binding_key_not_removed block_iframe_reload block_nested_popups broker_application_required \
     broker_does_not_support_pop broker_error broker_nonce_mismatch broker_required_for_pop \
     broker_response_hash_mismatch broker_response_returned_error broker_signature_verification_failed \
     brokers_package_error",
    "cache_error_unknown cache_quota_exceeded cannot_access_publisher_keychain cannot_allow_native_broker \
     cannot_append_scopeset cannot_invoke_broker cannot_remove_empty_scope \
     cannot_switch_between_imds_versions_for_preview cert_without_private_key certificate_not_rsa \
     claims_request_parsing_error client_info_decoding_error client_info_empty_error \
     combined_user_app_cache_not_supported crypto_key_not_found crypto_nonexistent cryptographic_error \
     current_broker_account custom_metadata_instance_or_uri custom_webui_invalid_mismatch \
     custom_webui_returned_invalid_uri",
    "database_not_open database_unavailable desktop_browser_not_supported device_certificate_not_found \
     device_code_expired device_code_polling_cancelled device_code_unknown_error \
     duplicate_query_parameter",
    "embedded_webview_not_compatible_default_browser empty_input_scopes_error empty_input_scopeset \
     empty_navigate_uri empty_url_error empty_window_error encoded_token_too_long \
     end_session_endpoint_not_supported exactly_one_scope_expected experimental_feature",
    "failed_to_acquire_token_silently_from_broker failed_to_get_broker_response failed_to_parse_response \
     failed_to_refresh_token federated_service_returned_error force_refresh_and_token_hash_not_compatible",
    "get_request_failed get_user_name_failed",
    "hash_does_not_contain_known_properties hash_empty_error hash_not_deserialized http_listener_error \
     http_status_not_200",
    "iframe_closed_prematurely imds_service_error in_mem_redirect_unavailable \
     initialize_process_security_error integrated_windows_auth_not_supported_managed_user \
     integrated_windows_authentication_failed interaction_in_progress internal_cache_disabled \
     interop_package_error invalid_adal_cache invalid_assertion invalid_authentication_header \
     invalid_authority invalid_authority_metadata invalid_authority_type invalid_authorization_result \
     invalid_authorization_uri invalid_base64_string invalid_cache_environment invalid_cache_record \
     invalid_cache_type invalid_claims invalid_client_assertion invalid_client_credential \
     invalid_client_credential_configuration invalid_cloud_discovery_metadata \
     invalid_code_challenge_method invalid_credential_material invalid_file_extension invalid_file_path \
     invalid_instance_discovery_metadata invalid_interaction_type invalid_json_claims_format invalid_jwt \
     invalid_loopback_server_address_type invalid_managed_identity_endpoint \
     invalid_managed_identity_id_type invalid_managed_identity_response invalid_owner_window_type \
     invalid_pop_token_request invalid_prompt_value invalid_secret invalid_token_provider_response_value \
     ios_broker_key_fetch_failed ios_broker_key_save_failed",
    "json_parse_failed",
    "key_id_missing",
    "linux_xdg_open_failed logout_request_empty loopback_redirect_uri loopback_response_uri_mismatch \
     loopback_server_already_exists loopback_server_timeout",
    "managed_identity_all_sources_unavailable managed_identity_response_parse_failure \
     managed_identity_unreachable_network max_age_transpired min_strength_not_met missing_alg_error \
     missing_broker missing_client_id missing_entitlements missing_federation_metadata_url \
     missing_kid_error missing_managed_identity_env_var missing_nonce_authentication_header \
     missing_passive_auth_endpoint missing_ssh_jwk missing_ssh_kid missing_tenant_id_error \
     missing_tenanted_authority monitor_popup_timeout monitor_window_timeout mtls_bearer_without_region \
     mtls_certificate_not_provided mtls_not_supported_for_managed_identity \
     mtls_pop_not_supported_for_environment mtls_pop_token_not_supported_in_imds_v1 \
     mtls_pop_without_region multiple_accounts_for_login_hint multiple_matching_accounts \
     multiple_matching_tokens multiple_matching_tokens_detected",
    "native_connection_not_established native_extension_not_installed native_handshake_timeout \
     native_prompt_not_supported nested_app_auth_bridge_disabled network_not_available \
     network_unavailable no_account_error no_account_for_login_hint no_account_in_silent_request \
     no_auth_code_in_response no_broker_account_found no_cached_authority_error no_client_id \
     no_crypto_object no_loopback_server_exists no_network_connectivity no_prompt_failed no_redirect_uri \
     no_state_in_hash no_system_webview no_token_request_cache_error \
     no_username_or_accountid_provided_for_silent_android_broker_authentication non_browser_environment \
     non_https_redirect_failed non_parsable_oauth_error nonce_mismatch nonce_required_for_pop_on_pca \
     null_intent_returned_from_broker null_or_empty_token",
    "obo_cache_key_not_in_cache_error openid_config_error",
    "parsing_ws_metadata_exchange_failed parsing_wstrust_response_failed \
     password_required_for_managed_user pkce_not_created pkce_params_missing platform_not_supported \
     popup_window_error post_request_failed",
    "",
    "reading_application_token_from_keychain_failed redirect_in_iframe redirect_uri_empty \
     redirect_uri_validation_failed refresh_token_expired region_discovery_failed \
     region_discovery_unavailable region_discovery_with_custom_instance_metadata \
     region_required_for_mtls_pop regional_authority_validation request_cannot_be_made request_throttled \
     ropc_not_supported_for_msa",
    "scopes_required_client_credentials scopes_required_wam service_not_available \
     set_ciam_authority_at_request_level_not_supported shared_preference_creation_failed \
     silent_logout_unsupported silent_prompt_value_error ssh_cert_used_as_http_header \
     state_interaction_type_mismatch state_not_found static_cache_with_external_serialization \
     storage_not_supported stubbed_public_client_application_called",
    "telemetry_config_or_telemetry_callback tenant_discovery_failed tenant_override_non_aad \
     throttled_request thumbprint_missing_from_client_certificate token_cache_null \
     token_claims_cnf_required_for_signedjwt token_parsing_error token_refresh_required \
     token_request_empty token_type_mismatch token_type_missing",
    "uap_cannot_find_upn uiviewcontroller_required_for_ios_broker \
     unable_to_acquire_token_from_native_platform unable_to_create_azure_arc unable_to_create_cloud_shell \
     unable_to_create_source unable_to_fallback_to_interaction unable_to_load_token \
     unable_to_parse_authentication_header unable_to_parse_state \
     unable_to_parse_token_request_cache_error unable_to_read_secret_file unable_to_start_http_listener \
     unexpected_credential_type uninitialized_public_client_application unknown_broker_error \
     unknown_managed_identity_error unknown_user unknown_user_type unresolvable_intent \
     untrusted_authority upn_required url_parse_error user_assertion_null \
     user_assigned_managed_identity_not_configurable_at_runtime \
     user_assigned_managed_identity_not_supported user_assigned_not_available_at_runtime user_canceled \
     user_information_access_failed user_mismatch user_null user_realm_discovery_failed user_switch \
     user_timeout_reached",
    "validate_authority_or_custom_instance_metadata",
    "wab_error wam_failed_to_signout wam_interactive_error wam_interactive_picker_error wam_no_b2c \
     wam_ui_thread_only webview2_runtime_not_installed webview2loader_not_found \
     writing_application_token_to_keychain_failed wstrust_endpoint_not_found wstrust_invalid_response \
     wstrust_service_error www_authenticate_header_missing www_authenticate_header_unsupported_format",
    "",
    "",
    "",
];

/// What Graph, Resource Manager and other APIs answer when a token is missing, old, foreign or too weak.
const API: [&str; 24] = [
    "AuthenticationFailed",
    "AuthenticationFailedInvalidHeader",
    "Authentication_ExpiredToken",
    "Authentication_MissingOrMalformed",
    "Authentication_Unauthorized",
    "Authentication_UnsupportedTokenType",
    "AuthorizationFailed",
    "AuthorizationPermissionMismatch",
    "Authorization_IdentityDisabled",
    "Authorization_IdentityNotFound",
    "Authorization_RequestDenied",
    "ErrorAccessDenied",
    "ExpiredAuthenticationToken",
    "InvalidAuthenticationInfo",
    "InvalidAuthenticationToken",
    "InvalidAuthenticationTokenAudience",
    "InvalidAuthenticationTokenTenant",
    "InvalidMsaTicket",
    "LinkedAuthorizationFailed",
    "ManagedIdentityNotFound",
    "SecretHeaderNotFound",
    "TokenNotFound",
    "generalException",
    "unauthenticated",
];

/// Whether a word is an error of OAuth.
pub(crate) fn is_oauth(word: &str) -> bool {
    OAUTH.binary_search(&word).is_ok()
}

/// Whether a word is what a library calls an error of its own.
pub(crate) fn is_of_library(word: &str) -> bool {
    let letter = word.bytes().next().unwrap_or_default();
    let row = usize::from(letter.wrapping_sub(b'a'));
    let names = LIBRARY.get(row).copied().unwrap_or_default();
    names.split(' ').any(|name| name == word) && !word.is_empty()
}

/// Whether a word is what an API says of a token in its error object, and others say of anything.
pub(crate) fn is_refusal(word: &str) -> bool {
    ["unauthorized", "forbidden", "accessdenied", "access_denied"]
        .iter()
        .any(|known| word.eq_ignore_ascii_case(known))
}

/// Whether a word stands where an API gives no reason of its own: what it passes on says more.
pub(crate) fn is_wrapper(word: &str) -> bool {
    matches!(word, "generalException" | "UnknownError" | "unknownError")
}

/// Whether a word is what an API says of a token that it does not accept.
pub(crate) fn is_of_api(word: &str) -> bool {
    API.binary_search(&word).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_are_in_order_and_each_stands_once() {
        assert!(OAUTH.is_sorted() && API.is_sorted());
        assert!(
            OAUTH
                .iter()
                .all(|name| is_oauth(name) && !is_of_library(name))
        );
        for (letter, row) in (b'a'..).zip(LIBRARY) {
            let names: Vec<&str> = row.split(' ').filter(|name| !name.is_empty()).collect();
            assert!(names.is_sorted(), "{row}");
            assert!(names.iter().all(|name| name.as_bytes()[0] == letter));
            assert!(names.iter().all(|name| is_of_library(name)));
        }
        assert!(!is_of_library("") && !is_of_library("Zebra") && !is_of_library("not_an_error"));
    }
}

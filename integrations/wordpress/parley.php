<?php
/**
 * Plugin Name: Parley for Akismet
 * Description: Lets the Akismet plugin ask your own Parley. Put this file into wp-content/mu-plugins/.
 *
 * In wp-config.php: define( 'PARLEY_URL', 'https://comments.example.org' ); and PARLEY_KEY with the
 * key that `parley site key NAME --scope score` shows.
 */

defined( 'ABSPATH' ) || exit;

/**
 * What the plugin takes for its key. It knows only keys of 12 hexadecimal digits, and Parley's are
 * longer: so it gets this in its place, and the real key is put in on the way.
 */
function parley_stand_in() {
	return substr( hash( 'sha256', PARLEY_KEY ), 0, 12 );
}

/** Ask Parley what the plugin asks Akismet; every other request of WordPress goes its own way. */
function parley_request( $response, $arguments, $url ) {
	$host = strtolower( (string) wp_parse_url( $url, PHP_URL_HOST ) );
	if ( 'rest.akismet.com' !== $host && '.rest.akismet.com' !== substr( $host, -17 ) ) {
		return $response;
	}
	$path  = (string) wp_parse_url( $url, PHP_URL_PATH );
	$query = wp_parse_url( $url, PHP_URL_QUERY );
	unset( $arguments['headers']['Host'], $arguments['headers']['host'] );
	if ( is_string( $arguments['body'] ) ) {
		$pattern           = '/(^|&)(api_key|key)=' . parley_stand_in() . '(?=&|$)/';
		$arguments['body'] = preg_replace( $pattern, '$1$2=' . rawurlencode( PARLEY_KEY ), $arguments['body'] );
	}
	$address = untrailingslashit( PARLEY_URL ) . '/akismet' . $path . ( $query ? '?' . $query : '' );
	return wp_remote_request( $address, $arguments );
}

if ( defined( 'PARLEY_URL' ) && defined( 'PARLEY_KEY' ) ) {
	add_filter( 'pre_http_request', 'parley_request', 10, 3 );
	add_filter( 'akismet_get_api_key', 'parley_stand_in' );
	add_filter( 'akismet_predefined_api_key', '__return_true' );
}

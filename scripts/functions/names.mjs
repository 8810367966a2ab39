// The functions of `functions/`, and where they run.

export const ON_SPIN = ['edge', 'embed', 'live', 'auth', 'admin', 'theme', 'console'];
/** Durable Objects exist on Workers alone, and so does a connection that lives for one request. */
export const ON_WORKERS = [...ON_SPIN, 'objects', 'postgres'];

// Forwards everything, like an edge in front of another function.
export default {
  fetch: (request, env) => env.NEXT.fetch(request),
};

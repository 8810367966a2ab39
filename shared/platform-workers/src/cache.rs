use crate::{Workers, binding};
use bytes::Bytes;
use js_sys::{ArrayBuffer, JsString, Promise, Uint8Array, futures::JsFuture};
use livery_domain::hash::{content_hash, named_by};
use livery_platform::{EdgeCache, Unavailable};
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use web_sys::WorkerGlobalScope;

#[wasm_bindgen]
extern "C" {
    /// A KV namespace. `worker`'s own type looks up each of its methods whenever it is made, which takes longer than a read.
    type KvNamespace;

    #[wasm_bindgen(method, catch)]
    fn get(this: &KvNamespace, key: &str, kind: &JsString) -> Result<Promise, JsValue>;
}

thread_local! {
    static ARRAY_BUFFER: JsString = JsString::from("arrayBuffer");
}

impl EdgeCache for Workers {
    async fn cached(&self, key: &str) -> Result<Option<Bytes>, Unavailable> {
        let namespace = js_sys::Reflect::get(&self.env, &binding::CACHE.into()).map_err(refused)?;
        if namespace.is_undefined() {
            return Err(unavailable("no binding"));
        }
        let namespace: KvNamespace = namespace.unchecked_into();
        let reading = ARRAY_BUFFER.with(|kind| namespace.get(key, kind)).map_err(refused)?;
        let value = JsFuture::from(reading).await.map_err(refused)?;
        let buffer = value.dyn_into::<ArrayBuffer>().ok();
        Ok(buffer.map(|buffer| Bytes::from(Uint8Array::new(&buffer).to_vec())))
    }

    async fn hash_of(&self, value: &Bytes) -> String {
        // The runtime's own digest is several times as fast as one in wasm, and nearly as fast to reach.
        let digest = || {
            let crypto = js_sys::global().unchecked_into::<WorkerGlobalScope>().crypto()?;
            crypto.subtle().digest_with_str_and_js_u8_array("SHA-256", &Uint8Array::from(value.as_ref()))
        };
        let Ok(digesting) = digest() else { return content_hash(value) };
        match JsFuture::from(digesting).await {
            Ok(digest) => named_by(&Uint8Array::new(&digest).to_vec()),
            Err(_) => content_hash(value),
        }
    }

    async fn put_cached(&self, key: &str, value: Bytes) -> Result<(), Unavailable> {
        let store = self.env.kv(binding::CACHE).map_err(unavailable)?;
        let put = store.put_bytes(key, &value).map_err(unavailable)?;
        put.execute().await.map_err(unavailable)
    }
}

fn unavailable(fault: impl std::fmt::Display) -> Unavailable {
    Unavailable(format!("KV: {fault}"))
}

fn refused(fault: JsValue) -> Unavailable {
    unavailable(worker::Error::from(fault))
}

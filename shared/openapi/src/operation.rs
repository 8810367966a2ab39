//! One operation, told by what a caller needs to know.

use livery_http::route::{At, Caller, Method, Routes};
use schemars::{JsonSchema, SchemaGenerator};
use serde_json::{Map, Value as Json, json};

/// A body, asked or answered: the schema is taken from its Rust type when the document is made.
pub struct Content {
    pub media_type: &'static str,
    pub schema: Box<dyn Fn(&mut SchemaGenerator) -> Json>,
    pub example: Option<Json>,
}

pub struct Answer {
    pub status: u16,
    pub description: &'static str,
    pub content: Option<Content>,
    pub headers: Vec<(&'static str, &'static str)>,
}

pub struct Operation {
    pub method: Method,
    pub path: &'static str,
    /// For generated clients: a name for ever.
    pub id: String,
    pub tag: &'static str,
    pub summary: String,
    pub description: Option<String>,
    pub caller: Caller,
    pub parameters: Vec<Json>,
    pub body: Option<Content>,
    pub answers: Vec<Answer>,
    /// Statuses of problems beside those that follow from the rest.
    pub refusals: Vec<u16>,
    pub deprecated: bool,
    /// Whether the platform's own host has it, and no tenant's.
    pub at_platform: bool,
}

/// The schema of a type of ours.
fn schema_of<T: JsonSchema>() -> Box<dyn Fn(&mut SchemaGenerator) -> Json> {
    Box::new(|generator| generator.subschema_for::<T>().to_value())
}

impl Operation {
    /// What the route's own table says of it: all but bodies, parameters, answers and refusals.
    pub fn of(route: impl Routes) -> Self {
        let (summary, description) = words(route.doc());
        let row = route.row();
        Self {
            method: row.method,
            path: row.pattern,
            id: snake_case(route.name()),
            tag: tag_of(route),
            summary,
            description,
            caller: route.caller(),
            parameters: vec![],
            body: None,
            answers: vec![],
            refusals: vec![],
            deprecated: false,
            at_platform: route.at() == At::Platform,
        }
    }

    /// A path parameter that is an id with this prefix.
    pub fn id(self, name: &'static str, prefix: &str, description: &str) -> Self {
        let schema = json!({ "type": "string", "pattern": format!("^{prefix}[0-9a-f]{{32}}$") });
        let example = format!("{prefix}019aa52f0e80700080000000000000a1");
        self.path_parameter(name, schema, &example, description)
    }

    pub fn path_parameter(
        mut self,
        name: &'static str,
        schema: Json,
        example: &str,
        description: &str,
    ) -> Self {
        self.parameters.push(json!({
            "name": name, "in": "path", "required": true, "schema": schema, "example": example, "description": description,
        }));
        self
    }

    pub fn query(mut self, name: &'static str, schema: Json, description: &str) -> Self {
        self.parameters
            .push(json!({ "name": name, "in": "query", "schema": schema, "description": description }));
        self
    }

    pub fn header(mut self, name: &'static str, required: bool, schema: Json, description: &str) -> Self {
        self.parameters.push(
            json!({ "name": name, "in": "header", "required": required, "schema": schema, "description": description }),
        );
        self
    }

    /// The two parameters of every list.
    pub fn paged(self, default: u32, most: u32) -> Self {
        self.query(
            "limit",
            json!({ "type": "integer", "minimum": 1, "maximum": most, "default": default }),
            "How many at most.",
        )
        .query(
            "cursor",
            json!({ "type": "string", "maxLength": 200 }),
            "The `next_cursor` of the page before. Opaque.",
        )
    }

    /// The version that is meant, as its `ETag` had it.
    pub fn if_match(mut self) -> Self {
        self.refusals.extend([412, 428]);
        self.header(
            "If-Match",
            true,
            json!({ "type": "string" }),
            "The `ETag` of the version that is changed, or `*`.",
        )
    }

    pub fn body<T: JsonSchema>(mut self, example: Json) -> Self {
        self.body = Some(Content {
            media_type: "application/json",
            schema: schema_of::<T>(),
            example: Some(example),
        });
        self
    }

    /// A body whose shape is told by a schema of its own.
    pub fn body_like(mut self, media_type: &'static str, schema: Json, example: Json) -> Self {
        let schema = Box::new(move |_: &mut SchemaGenerator| schema.clone());
        self.body = Some(Content { media_type, schema, example: Some(example) });
        self
    }

    pub fn answers<T: JsonSchema>(mut self, status: u16, description: &'static str, example: Json) -> Self {
        let content =
            Content { media_type: "application/json", schema: schema_of::<T>(), example: Some(example) };
        self.answers.push(Answer { status, description, content: Some(content), headers: vec![] });
        self
    }

    /// An answer whose shape is told by a schema of its own.
    pub fn answers_like(
        mut self,
        status: u16,
        description: &'static str,
        media_type: &'static str,
        schema: Json,
        example: Option<Json>,
    ) -> Self {
        let schema = Box::new(move |_: &mut SchemaGenerator| schema.clone());
        self.answers.push(Answer {
            status,
            description,
            content: Some(Content { media_type, schema, example }),
            headers: vec![],
        });
        self
    }

    pub fn answers_nothing(mut self, status: u16, description: &'static str) -> Self {
        self.answers.push(Answer { status, description, content: None, headers: vec![] });
        self
    }

    /// A header of the last answer.
    pub fn with_header(mut self, name: &'static str, description: &'static str) -> Self {
        if let Some(answer) = self.answers.last_mut() {
            answer.headers.push((name, description));
        }
        self
    }

    pub fn refuses(mut self, statuses: &[u16]) -> Self {
        self.refusals.extend(statuses);
        self
    }

    /// An older route's name for the same.
    pub fn alias(mut self) -> Self {
        self.deprecated = true;
        self
    }

    /// Every problem status that a caller can get.
    pub fn problem_statuses(&self) -> Vec<u16> {
        let mut statuses = vec![404, 500, 503];
        if self.body.is_some() {
            statuses.extend([400, 413, 415, 422]);
        }
        if self.parameters.iter().any(|parameter| parameter["in"] == "query") {
            statuses.push(400);
        }
        if !matches!(self.caller, Caller::Anybody | Caller::AnybodyOrVisitor) {
            statuses.extend([400, 401, 403]);
        }
        statuses.extend(&self.refusals);
        statuses.sort_unstable();
        statuses.dedup();
        statuses
    }

    pub fn security(&self) -> Json {
        match self.caller {
            Caller::Anybody | Caller::AnybodyOrVisitor | Caller::Console => json!([]),
            Caller::Member(_) => json!([{ "access_token": [] }, { "api_key": [] }]),
            Caller::Person => json!([{ "access_token": [] }]),
            Caller::Visitor => json!([{ "embed_session": [] }]),
            Caller::Operator => json!([{ "operator_token": [] }]),
        }
    }
}

fn tag_of<R: Routes>(_: R) -> &'static str {
    R::TAG
}

/// The first paragraph of a doc comment, and the rest of it, each on one line.
fn words(doc: &str) -> (String, Option<String>) {
    let joined = |lines: &str| lines.lines().map(str::trim).collect::<Vec<_>>().join(" ").trim().to_owned();
    let (summary, rest) = doc.split_once("\n\n").unwrap_or((doc, ""));
    let rest = joined(rest);
    (joined(summary), (!rest.is_empty()).then_some(rest))
}

/// `ListRoles` as `list_roles`.
fn snake_case(name: &str) -> String {
    let mut text = String::with_capacity(name.len() + 4);
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && !text.is_empty() {
            text.push('_');
        }
        text.push(letter.to_ascii_lowercase());
    }
    text
}

/// The schema of a JSON object with these members, all required.
pub fn object(members: Json) -> Json {
    let names: Vec<_> = members.as_object().map(Map::keys).into_iter().flatten().cloned().collect();
    json!({ "type": "object", "properties": members, "required": names })
}

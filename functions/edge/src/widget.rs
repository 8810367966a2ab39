use livery_edge::{WidgetFile, WidgetFiles};

/// A file of the widget's build, with the name that the build gave it.
macro_rules! file {
    ($name:literal) => {
        WidgetFile::new(
            include_bytes!(concat!("../../../shared/widget/dist/", $name)),
            include_str!(concat!("../../../shared/widget/dist/", $name, ".hash")),
        )
    };
}

/// The widget's files, as this function was built with them.
pub static WIDGET: WidgetFiles =
    WidgetFiles { loader: file!("loader.js"), embed: file!("embed.js"), base: file!("base.css") };

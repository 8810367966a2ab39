use livery_api::edge::WidgetFiles;

/// The widget's files, as this function was built with them.
pub fn files() -> WidgetFiles {
    WidgetFiles::new(
        include_bytes!("../../../shared/widget/dist/loader.js"),
        include_bytes!("../../../shared/widget/dist/embed.js"),
        include_bytes!("../../../shared/widget/dist/base.css"),
    )
}

namespace RagApp.Parsing.Formats.OpenDocument;

/// <summary>Names of the parts that are read.</summary>
internal static class OdfParts
{
    public const string Content = "content.xml";
    public const string Styles = "styles.xml";
    public const string Meta = "meta.xml";
    public const string Manifest = "META-INF/manifest.xml";
}

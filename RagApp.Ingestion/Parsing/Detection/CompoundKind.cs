namespace RagApp.Ingestion.Parsing.Detection;

/// <summary>
/// Tells what the old Office container holds by the names in its root folder. It also wraps new documents that
/// are encrypted.
/// </summary>
internal static class CompoundKind
{
    public static string Detect(Stream file)
    {
        var names = CompoundDirectory.RootNames(file);
        return names switch
        {
            _ when names.Contains("EncryptedPackage") => throw new ParseRefusedException(
                "The document is protected by a password. Remove the password in its program and upload it again."),
            _ when names.Contains("WordDocument") => MediaTypes.Doc,
            _ when names.Contains("Workbook") || names.Contains("Book") => MediaTypes.Xls,
            _ when names.Contains("PowerPoint Document") => MediaTypes.Ppt,
            _ when names.Contains("__properties_version1.0") => MediaTypes.Msg,
            _ when names.Contains("VisioDocument") => throw new ParseRefusedException("This is a Visio drawing. Save it as PDF and upload that."),
            _ when names.Contains("Quill") => throw new ParseRefusedException("This is a Publisher document. Save it as PDF and upload that."),
            _ => throw new ParseRefusedException($"This is an Office file that holds no document. {ReadFormats.Sentence}"),
        };
    }
}

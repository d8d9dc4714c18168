using RagApp.Ingestion.Parsing.Formats.CompoundFiles;
using RagApp.Ingestion.Parsing.Formats.Mail.Outlook;

namespace RagApp.Ingestion.Parsing.Detection;

/// <summary>
/// Tells what the old Office container holds by the names in its root folder. It also wraps new documents that
/// are encrypted.
/// </summary>
internal static class CompoundKind
{
    public static string Detect(Stream file)
    {
        var root = new CompoundFile(file).Root;
        return root switch
        {
            _ when root.Find("EncryptedPackage") is not null => throw new ParseRefusedException(
                "The document is protected by a password. Remove the password in its program and upload it again."),
            _ when root.Find("WordDocument") is not null => MediaTypes.Doc,
            _ when root.Find("Workbook") is not null || root.Find("Book") is not null => MediaTypes.Xls,
            _ when root.Find("PowerPoint Document") is not null => MediaTypes.Ppt,
            _ when root.Find(MsgFormat.Mark) is not null => MediaTypes.Msg,
            _ when root.Find("VisioDocument") is not null => throw new ParseRefusedException("This is a Visio drawing. Save it as PDF and upload that."),
            _ when root.Find("Quill") is not null => throw new ParseRefusedException("This is a Publisher document. Save it as PDF and upload that."),
            _ => throw new ParseRefusedException($"This is an Office file that holds no document. {ReadFormats.Sentence}"),
        };
    }
}

using RagApp.Ingestion.Parsing.Formats.CompoundFiles;

namespace RagApp.Ingestion.Parsing.Formats.Mail.Outlook;

/// <summary>A mail, note or appointment as Outlook saves it ([MS-OXMSG]).</summary>
internal sealed class MsgFormat : IDocumentFormat
{
    /// <summary>Stands in the root of every such file and of no other compound file.</summary>
    public const string Mark = "__properties_version1.0";

    public string ContentType => MediaTypes.Msg;

    public void Read(Stream file, BlockWriter output)
    {
        var container = new CompoundFile(file);
        using var message = new MsgConverter(container, output).Convert(container.Root);
        new MailReader(output).Read(message);
    }
}

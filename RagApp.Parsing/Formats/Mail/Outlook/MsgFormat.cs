using RagApp.Parsing.Formats.CompoundFiles;

namespace RagApp.Parsing.Formats.Mail.Outlook;

/// <summary>A mail, note or appointment saved by Outlook ([MS-OXMSG]).</summary>
internal sealed class MsgFormat : IDocumentFormat
{
    public const string MediaType = "application/vnd.ms-outlook";

    /// <summary>Name of an entry that is in the root of every such file and of no other compound file.</summary>
    public const string Mark = "__properties_version1.0";

    public string Name => "msg";

    public string Title => MailReader.Title;

    public string ContentType => MediaType;

    public string DocumentType => "mail";

    public IReadOnlyList<string> Extensions { get; } = [".msg"];

    public bool Recognizes(FileSample sample) => sample.Compound?.Find(Mark) is not null;

    public void Read(Stream file, BlockWriter output)
    {
        var container = new CompoundFile(file);
        using var message = new MsgConverter(container, output).Convert(container.Root);
        new MailReader(output).Read(message);
    }
}

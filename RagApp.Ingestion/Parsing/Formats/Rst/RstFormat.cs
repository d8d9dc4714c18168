namespace RagApp.Ingestion.Parsing.Formats.Rst;

/// <summary>reStructuredText: titles, lists, tables and code as a reader of the finished page sees them.</summary>
internal sealed class RstFormat : IDocumentFormat
{
    public string ContentType => MediaTypes.Rst;

    public void Read(Stream file, BlockWriter output)
    {
        new RstBlocks(TextDecoder.DecodeAll(file).Split('\n'), output).Read();
        if (output.Properties.Title is null && output.Blocks is [{ Kind: BlockKind.Heading } heading, ..])
            output.SetTitle(heading.Text);
    }
}

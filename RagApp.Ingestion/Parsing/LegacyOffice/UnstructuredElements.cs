namespace RagApp.Ingestion.Parsing.LegacyOffice;

/// <summary>From a server's elements to our blocks; what repeats on every page is left out.</summary>
internal static class UnstructuredElements
{
    public static ParseResult Read(IEnumerable<UnstructuredElement> elements)
    {
        var output = new BlockWriter();
        try
        {
            foreach (var element in elements)
                Write(element, output);
            return new ParseResult(ParseOutcome.Text, null, "", output.Properties, output.Blocks, output.Warnings, output.Members);
        }
        catch (ParseLimitException exception)
        {
            return ParseResult.Without(ParseOutcome.LimitHit, exception.Message);
        }
    }

    private static void Write(UnstructuredElement element, BlockWriter output)
    {
        var text = element.Text ?? "";
        var page = element.Metadata?.PageNumber is > 0 and var number ? number : (int?)null;
        switch (element.Type)
        {
            case "Header" or "Footer" or "PageNumber" or "PageBreak":
                break;
            case "Title":
                output.Heading((element.Metadata?.CategoryDepth ?? 0) + 1, text, page);
                break;
            case "ListItem":
                output.ListItem(text, page);
                break;
            case "CodeSnippet":
                output.Code(text);
                break;
            default:
                output.Paragraph(text, page);
                break;
        }
    }
}

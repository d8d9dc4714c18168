using System.Text.Json.Serialization;
using RagApp.Parsing;

namespace RagApp.Ingestion.Parsing.LegacyOffice;

/// <summary>Converts the elements of the server into text blocks, without page headers and footers.</summary>
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

/// <summary>A piece of text in the answer of an Unstructured-compatible server.</summary>
/// <param name="Type">The kind of element: Title, NarrativeText, ListItem, Table, ...</param>
internal sealed record UnstructuredElement(string? Type, string? Text, UnstructuredMetadata? Metadata);

internal sealed record UnstructuredMetadata(
    [property: JsonPropertyName("page_number")] int? PageNumber, [property: JsonPropertyName("category_depth")] int? CategoryDepth);

[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(List<UnstructuredElement>))]
internal sealed partial class UnstructuredJson : JsonSerializerContext;

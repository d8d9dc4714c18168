using AngleSharp.Dom;

namespace RagApp.Parsing.Formats.Html;

/// <summary>Text that readers see in place of elements without text of their own: values of forms, and the descriptions of pictures.</summary>
internal static class HtmlForm
{
    /// <summary>Fewest words of a description; a single word is mostly that of an icon.</summary>
    private const int FewestWords = 2;

    /// <summary>The text shown for an element; null when it is not of these kinds.</summary>
    public static string? TextOf(IElement element) => element.LocalName switch
    {
        "input" => InputOf(element),
        "select" => ChosenOf(element),
        "textarea" => element.TextContent,
        "img" => element.GetAttribute("alt") is { } text && text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length >= FewestWords ? text : "",
        _ => null,
    };

    private static string InputOf(IElement input) => input.GetAttribute("type")?.ToUpperInvariant() switch
    {
        "CHECKBOX" or "RADIO" => input.HasAttribute("checked") ? "[x]" : "[ ]",
        "HIDDEN" or "PASSWORD" or "SUBMIT" or "BUTTON" or "RESET" or "IMAGE" or "FILE" => "",
        _ => input.GetAttribute("value") ?? "",
    };

    /// <summary>The chosen options; the first one of a list that shows one and has none chosen.</summary>
    private static string ChosenOf(IElement list)
    {
        var options = list.GetElementsByTagName("option");
        var chosen = options.Where(option => option.HasAttribute("selected")).ToList();
        if (chosen.Count == 0 && options.Length > 0 && !list.HasAttribute("multiple") && !list.HasAttribute("size"))
            chosen.Add(options[0]);
        return string.Join(", ", chosen.Select(option => option.TextContent.Trim()));
    }
}

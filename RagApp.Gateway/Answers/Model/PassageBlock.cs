using System.Globalization;
using RagApp.Contracts.Search;
using RagApp.Models.Chat;

namespace RagApp.Gateway.Answers.Model;

/// <summary>A passage as a model is given it.</summary>
internal static class PassageBlock
{
    /// <param name="number">Number by which the answer cites the passage, from 1.</param>
    public static string Format(int number, SearchHit passage)
    {
        var source = passage.Section.Length == 0 ? passage.Title : $"{passage.Title} › {passage.Section}";
        return string.Create(CultureInfo.InvariantCulture,
            $"<passage number=\"{number}\">\nSource: {PromptText.Escape(source)}\n{PromptText.Escape(passage.Text)}\n</passage>\n");
    }
}

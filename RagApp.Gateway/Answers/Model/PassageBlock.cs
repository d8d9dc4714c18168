using System.Globalization;
using RagApp.Contracts.Search;
using RagApp.Models.Chat;
using RagApp.Text.Instructions;

namespace RagApp.Gateway.Answers.Model;

/// <summary>A passage as a model is given it.</summary>
internal static class PassageBlock
{
    /// <summary>True for a passage that reads like instructions to a model, which no prompt may have.</summary>
    public static bool IsSuspicious(SearchHit passage) => HostileInstructions.AreIn($"{passage.Title}\n\n{passage.Section}\n\n{passage.Text}");

    /// <param name="number">Number by which the answer cites the passage, from 1.</param>
    public static string Format(int number, SearchHit passage)
    {
        var source = passage.Section.Length == 0 ? passage.Title : $"{passage.Title} › {passage.Section}";
        return string.Create(CultureInfo.InvariantCulture,
            $"<passage number=\"{number}\">\nSource: {PromptText.Escape(source)}\n{PromptText.Escape(passage.Text)}\n</passage>\n");
    }
}

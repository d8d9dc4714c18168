namespace RagApp.Models.Chat;

/// <summary>Text of people and documents as it stands in a prompt.</summary>
public static class PromptText
{
    /// <summary>Replaces <c>&lt;</c>, so that a text can neither close the element around it nor imitate the role markers of some models.</summary>
    public static string Escape(string text) => text.Replace("<", "&lt;", StringComparison.Ordinal);
}

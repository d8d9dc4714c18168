using System.ComponentModel.DataAnnotations;

namespace RagApp.Query.Rewriting;

/// <summary>Options of rewriting questions, section <c>Rewriting</c>.</summary>
internal sealed class RewritingOptions
{
    public const string Section = "Rewriting";

    /// <summary>
    /// Time a search waits for the chat model to rewrite its question before it uses rules instead, 00:00:00.100 to 00:00:30;
    /// 3 seconds by default.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:00:30", ErrorMessage = "Rewriting:ModelTimeout lies between 00:00:00.100 and 00:00:30.")]
    public TimeSpan ModelTimeout { get; set; } = TimeSpan.FromSeconds(3);
}

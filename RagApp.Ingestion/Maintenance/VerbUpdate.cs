using System.Text.Json.Serialization;

namespace RagApp.Ingestion.Maintenance;

/// <summary>What a verb says while it runs, one line of JSON each between service and command.</summary>
/// <param name="Exit">Set on the last one only: what the command exits with.</param>
internal sealed record VerbUpdate(VerbUpdateKind Kind, string Text, int? Exit = null);

[JsonConverter(typeof(JsonStringEnumConverter<VerbUpdateKind>))]
internal enum VerbUpdateKind
{
    /// <summary>How far it is; the next one takes its place.</summary>
    [JsonStringEnumMemberName("status")]
    Status,

    /// <summary>A line that stays.</summary>
    [JsonStringEnumMemberName("line")]
    Line,

    /// <summary>The end; the text is empty, or says what went wrong.</summary>
    [JsonStringEnumMemberName("end")]
    End,
}

internal static class VerbProgress
{
    /// <summary>Reports how far the work is. May be called often: it is shown a few times a second.</summary>
    public static void Status(this IProgress<VerbUpdate> progress, string text) => progress.Report(new VerbUpdate(VerbUpdateKind.Status, text));

    /// <summary>Reports a line of the result.</summary>
    public static void Line(this IProgress<VerbUpdate> progress, string text) => progress.Report(new VerbUpdate(VerbUpdateKind.Line, text));
}

using System.Text.Json.Serialization;

namespace RagApp.Ingestion.Maintenance;

/// <summary>A message of a running verb, sent from the service to the command as one line of JSON.</summary>
/// <param name="Exit">The exit code of the command; set on the last update only.</param>
internal sealed record VerbUpdate(VerbUpdateKind Kind, string Text, int? Exit = null);

[JsonConverter(typeof(JsonStringEnumConverter<VerbUpdateKind>))]
internal enum VerbUpdateKind
{
    /// <summary>The current progress; the next status replaces it.</summary>
    [JsonStringEnumMemberName("status")]
    Status,

    /// <summary>A line of the result, which stays on the terminal.</summary>
    [JsonStringEnumMemberName("line")]
    Line,

    /// <summary>The last update; the text is empty or says what went wrong.</summary>
    [JsonStringEnumMemberName("end")]
    End,
}

internal static class VerbProgress
{
    /// <summary>Reports the progress of the work. It may be called often: only some updates are shown.</summary>
    public static void Status(this IProgress<VerbUpdate> progress, string text) => progress.Report(new VerbUpdate(VerbUpdateKind.Status, text));

    /// <summary>Reports a line of the result.</summary>
    public static void Line(this IProgress<VerbUpdate> progress, string text) => progress.Report(new VerbUpdate(VerbUpdateKind.Line, text));
}

namespace RagApp.Ingestion.Samples;

/// <summary>Documents for a first look, section <c>Samples</c>. Only in Development.</summary>
public sealed class SamplesOptions
{
    public const string Section = "Samples";

    /// <summary>Whether an empty demo tenant gets sample documents; true by default.</summary>
    public bool Enabled { get; set; } = true;
}

namespace RagApp.Benchmarks.Dlp;

/// <param name="Detector">Name of the detector that should find something in the text; null when the text only holds a look-alike.</param>
internal sealed record LabelledText(string? Detector, string Text);

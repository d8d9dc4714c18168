namespace RagApp.Benchmarks.Dlp;

/// <param name="Detector">What the text holds one of; null when it only looks like it.</param>
internal sealed record LabelledText(string? Detector, string Text);

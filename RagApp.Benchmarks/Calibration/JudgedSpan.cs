namespace RagApp.Benchmarks.Calibration;

/// <summary>A passage that was read for a question.</summary>
/// <param name="Question">Number of the question in its set.</param>
/// <param name="IsRight">True when the reader's best span is a right answer.</param>
internal readonly record struct JudgedSpan(int Question, double Answerable, double Margin, bool IsRight);

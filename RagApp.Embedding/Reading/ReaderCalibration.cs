using System.Text.Json.Serialization;
using RagApp.Embedding.Embedded;

namespace RagApp.Embedding.Reading;

/// <summary>
/// <c>reader-calibration.json</c>: turns a reader's figures into the probability that a passage answers the question, so that nothing else depends on
/// the figures of one reader. The benchmark command <c>calibrate</c> writes the file.
/// </summary>
internal sealed record ReaderCalibration
{
    private const string File = "reader-calibration.json";

    /// <summary>Id of the reader whose figures these are.</summary>
    public required string Reader { get; init; }

    /// <summary>Weight of the logit "answerable".</summary>
    public required double Answerable { get; init; }

    /// <summary>Weight of the margin of the best span over "no answer".</summary>
    public required double Margin { get; init; }

    public required double Offset { get; init; }

    /// <summary>
    /// Reads the calibration of the folder. A reader without one is taken at its word: the probability is that of its logit
    /// "answerable".
    /// </summary>
    /// <exception cref="InvalidDataException">The file is unreadable, or belongs to another reader.</exception>
    public static ReaderCalibration Open(string folder, string reader)
    {
        var path = Path.Combine(folder, File);
        if (!System.IO.File.Exists(path))
            return new ReaderCalibration { Reader = reader, Answerable = 1, Margin = 0, Offset = 0 };
        var calibration = ModelFolder.Read(path, CalibrationJson.Default.ReaderCalibration);
        return calibration.Reader == reader
            ? calibration
            : throw new InvalidDataException($"{path} belongs to reader '{calibration.Reader}' and not to '{reader}': write it again with the benchmark command 'calibrate', or delete it.");
    }

    /// <summary>The probability that a passage answers the question, 0 to 1; 0 when it has no words.</summary>
    public double Probability(WindowReading reading) =>
        reading.Spans.Count == 0 ? 0 : 1 / (1 + Math.Exp(-((Answerable * reading.Answerable) + (Margin * reading.Margin) + Offset)));
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true, WriteIndented = true)]
[JsonSerializable(typeof(ReaderCalibration))]
internal sealed partial class CalibrationJson : JsonSerializerContext;

using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace RagApp.Gateway.Answers;

/// <summary>Metrics and span tags of answers; they hold no word of question or answer.</summary>
internal sealed class Telemetry
{
    public const string Name = "RagApp.Gateway.Answers";

    private readonly TimeProvider _time;
    private readonly Counter<long> _answers;
    private readonly Counter<long> _leftOut;
    private readonly Counter<long> _citations;
    private readonly Counter<long> _cut;
    private readonly Histogram<double> _timeToFirstToken;

    public Telemetry(IMeterFactory meters, TimeProvider time)
    {
        _time = time;
        var meter = meters.Create(Name);
        _answers = meter.CreateCounter<long>(Metrics.Answers, "{answer}", "Answers completed, by answerer and whether the documents held one.");
        _leftOut = meter.CreateCounter<long>(Metrics.LeftOut, "{item}", "What was not given to a chat model because its window was full: passages and earlier messages.");
        _citations = meter.CreateCounter<long>(Metrics.Citations, "{citation}", "Citations of answers, by whether their passages bear them out.");
        _cut = meter.CreateCounter<long>(Metrics.Cut, "{answer}", "Answers that were withdrawn since no passage bears them out, or truncated at their longest.");
        _timeToFirstToken = meter.CreateHistogram<double>(Metrics.TimeToFirstToken, "s", "From the question to the first piece of its answer.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30] });
    }

    /// <summary>Starts the measurement of one answer.</summary>
    public Measurement StartAnswer() => new(this);

    public static class Metrics
    {
        public const string Answers = "ragapp.answer.completed";
        public const string LeftOut = "ragapp.answer.left_out";
        public const string Citations = "ragapp.answer.citations";
        public const string Cut = "ragapp.answer.cut";
        public const string TimeToFirstToken = "ragapp.answer.time_to_first_token";
    }

    public static class Tags
    {
        public const string Kind = "ragapp.answer.left_out_kind";
        public const string Supported = "ragapp.answer.citation_supported";
        public const string Cause = "ragapp.answer.cut_cause";
    }

    /// <summary>The measurement of one answer; disposing it ends the span, whether the answer succeeded or not.</summary>
    public sealed class Measurement(Telemetry telemetry) : IDisposable
    {
        private readonly Activity? _activity = Spans.Source.StartActivity(Spans.Stages.Answer);
        private readonly long _start = telemetry._time.GetTimestamp();
        private bool _hasText;

        public void Observe(AnswerEvent next)
        {
            switch (next)
            {
                case AnswerEvent.Token when !_hasText:
                    _hasText = true;
                    telemetry._timeToFirstToken.Record(telemetry._time.GetElapsedTime(_start).TotalSeconds);
                    break;
                case AnswerEvent.Cited:
                    telemetry._citations.Add(1, new KeyValuePair<string, object?>(Tags.Supported, true));
                    break;
                case AnswerEvent.Withdrawn:
                    telemetry._cut.Add(1, new KeyValuePair<string, object?>(Tags.Cause, "withdrawn"));
                    break;
                case AnswerEvent.Done { Summary: var summary }:
                    Record(summary);
                    break;
            }
        }

        public void Dispose() => _activity?.Dispose();

        private void Record(Contracts.Answers.AnswerSummary summary)
        {
            _activity?.SetTag(Spans.Tags.Answerer, summary.Answerer)
                .SetTag(Spans.Tags.Found, summary.Found)
                .SetTag(Spans.Tags.PassagesUsed, summary.PassagesUsed)
                .SetTag(Spans.Tags.PassagesLeftOut, summary.PassagesLeftOut);
            Count(telemetry._leftOut, summary.LeftOut.Count, Tags.Kind, "passage");
            Count(telemetry._leftOut, summary.HistoryLeftOut, Tags.Kind, "message");
            Count(telemetry._citations, summary.Unsupported.Count, Tags.Supported, false);
            Count(telemetry._cut, summary.Truncated ? 1 : 0, Tags.Cause, "truncated");
            telemetry._answers.Add(1, new(Spans.Tags.Answerer, summary.Answerer), new(Spans.Tags.Found, summary.Found));
        }

        private static void Count(Counter<long> counter, int amount, string tag, object value)
        {
            if (amount > 0)
                counter.Add(amount, new KeyValuePair<string, object?>(tag, value));
        }
    }
}

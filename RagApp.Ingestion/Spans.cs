using System.Diagnostics;
using RagApp.Storage.Queue;

namespace RagApp.Ingestion;

/// <summary>Trace spans of the stages of ingestion. Their tags are ids, counts and fixed names, never a path or text of a document.</summary>
internal static class Spans
{
    public static readonly ActivitySource Source = new("RagApp.Ingestion");

    /// <summary>Starts a span for one attempt of a job, as a trace of its own, because a job may wait for days and be tried more than once.</summary>
    public static Activity? StartJob(LeasedJob job) => Source.StartActivity(Stages.Job, ActivityKind.Consumer)
        ?.SetTag(Tags.JobKind, job.Job.Kind.ToString())
        .SetTag(Tags.Attempt, job.Attempt)
        .SetTag(Tags.Document, job.Job.DocumentId)
        .SetTag(Tags.Version, job.Job.Version);

    public static class Stages
    {
        public const string Job = "process job";
        public const string Parse = "parse document";
        public const string Screen = "screen document";
        public const string TakeMembers = "take members";
        public const string Chunk = "chunk document";
        public const string Embed = "embed passages";
        public const string Index = "index document";
    }

    public static class Tags
    {
        public const string JobKind = "ragapp.job.kind";
        public const string Attempt = "ragapp.job.attempt";
        public const string Document = "ragapp.document.id";
        public const string Version = "ragapp.document.version";
        public const string ContentType = "ragapp.document.content_type";
        public const string Outcome = "ragapp.document.outcome";
        public const string Language = "ragapp.document.language";
        public const string Blocks = "ragapp.document.blocks";
        public const string Passages = "ragapp.document.passages";
        public const string Reused = "ragapp.document.passages_reused";
        public const string Members = "ragapp.document.members";
        public const string Findings = "ragapp.document.findings";
        public const string Action = "ragapp.document.dlp_action";
        public const string Model = "ragapp.document.embedding_model";
        public const string Error = "error.type";
    }
}

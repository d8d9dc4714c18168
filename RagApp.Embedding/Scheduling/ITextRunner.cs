namespace RagApp.Embedding.Scheduling;

/// <summary>Runs the model on one text.</summary>
internal interface ITextRunner
{
    /// <summary>The vector of <paramref name="tokens"/>; blocks a thread for the run, and is called from several at once.</summary>
    float[] Run(long[] tokens);
}

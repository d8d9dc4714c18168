namespace RagApp.Embedding.Scheduling;

/// <summary>Runs a model on one text.</summary>
internal interface ITextRunner
{
    ModelWork Work { get; }

    /// <summary>The output of the model for <paramref name="tokens"/>: a vector, or a reader's logits. The call blocks its thread for the whole run; several threads may call at once.</summary>
    float[] Run(long[] tokens);
}

/// <summary>The kind of a model's work, for spans and metrics.</summary>
internal enum ModelWork
{
    /// <summary>Makes a vector.</summary>
    Embed,

    /// <summary>Looks for an answer in a passage.</summary>
    Read,
}

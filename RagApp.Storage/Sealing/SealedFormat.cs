namespace RagApp.Storage.Sealing;

/// <summary>A kind of encrypted file, such as those of backups. Keys and bytes of one kind mean nothing to another.</summary>
/// <param name="Mark">First eight bytes of a file, ASCII.</param>
/// <param name="Purpose">Words that keep the keys of a kind apart, such as <c>ragapp backup</c>.</param>
internal abstract record SealedFormat(string Mark, string Purpose)
{
    /// <summary>The exception for a file whose bytes are not those that were written.</summary>
    /// <param name="problem">What is wrong with the bytes, as the middle of a sentence.</param>
    public abstract Exception Damaged(string name, string problem, Exception? inner = null);

    /// <summary>The exception for a file that none of the known keys encrypted.</summary>
    public abstract Exception UnknownKey(string name);
}

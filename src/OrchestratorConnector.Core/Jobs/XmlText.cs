namespace OrchestratorConnector.Jobs;

/// <summary>What XML 1.0 can carry: the server keeps the inputs of every job as XML, whichever way they come.</summary>
internal static class XmlText
{
    /// <summary>Finds the first character that it cannot.</summary>
    /// <returns>Its position, or -1.</returns>
    public static int FindInvalid(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (c is < ' ' and not ('\t' or '\n' or '\r') || char.IsSurrogate(c) || c is '\uFFFE' or '\uFFFF')
            {
                return i;
            }
        }

        return -1;
    }
}

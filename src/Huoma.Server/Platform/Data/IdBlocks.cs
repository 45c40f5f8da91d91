using Dapper;

namespace Huoma.Server.Platform.Data;

/// <summary>
/// Growing numbers without asking the database each time: a process leases a block and hands it out.
/// Growing, because rows with growing keys are appended, which is several times cheaper than scattered ones.
/// </summary>
internal sealed class IdBlocks(Database database, string name, int blockSize) : IDisposable
{
    private readonly SemaphoreSlim leasing = new(1);
    private Block block = new(0, 0);

    public async ValueTask<long> NextAsync(CancellationToken ct)
    {
        while (true)
        {
            if (block.TryTake(out var id))
            {
                return id;
            }

            await leasing.WaitAsync(ct);
            try
            {
                if (block.IsUsedUp)
                {
                    var first = await LeaseAsync(ct);
                    block = new Block(first, first + blockSize);
                }
            }
            finally
            {
                leasing.Release();
            }
        }
    }

    public void Dispose() => leasing.Dispose();

    private async Task<long> LeaseAsync(CancellationToken ct)
    {
        const string sql = """
            INSERT INTO id_blocks (name, next) VALUES (@Name, @Size + 1)
            ON CONFLICT (name) DO UPDATE SET next = id_blocks.next + @Size
            RETURNING next - @Size
            """;
        await using var connection = await database.OpenAsync(ct);
        return await connection.ExecuteScalarAsync<long>(new CommandDefinition(sql, new { Name = name, Size = (long)blockSize }, cancellationToken: ct));
    }

    private sealed class Block(long first, long end)
    {
        private long next = first;

        public bool IsUsedUp => Interlocked.Read(ref next) >= end;

        public bool TryTake(out long id)
        {
            id = Interlocked.Increment(ref next) - 1;
            return id < end;
        }
    }
}

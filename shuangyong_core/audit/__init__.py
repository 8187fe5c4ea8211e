"""The append-only record of every act and refusal, and the sealer that chains and signs it."""

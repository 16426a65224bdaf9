// An outside peer: kafkajs and Confluent's own Schema Registry client, knowing nothing of our code.
//
//   node peer.js read  BOOTSTRAP REGISTRY TOPIC...   prints one JSON line for each topic's first record
//   node peer.js write BOOTSTRAP REGISTRY            writes each JSON line {topic, key, value} of stdin
//
// Writing uses the latest schema of the topic's subject, which must exist.
'use strict';

const readline = require('node:readline');
const {Kafka, logLevel} = require('kafkajs');
// Only the parts: the package's entry point loads three clouds' key services, some beyond Node 18.
const {SchemaRegistryClient} = require('@confluentinc/schemaregistry/dist/schemaregistry-client');
const {AvroSerializer, AvroDeserializer} = require('@confluentinc/schemaregistry/dist/serde/avro');
const {SerdeType} = require('@confluentinc/schemaregistry/dist/serde/serde');

const [mode, bootstrap, registryUrl, ...topics] = process.argv.slice(2);
const kafka = new Kafka({brokers: [bootstrap], logLevel: logLevel.ERROR});
const registry = new SchemaRegistryClient({baseURLs: [registryUrl]});

const toJson = (key, value) =>
  value && value.type === 'Buffer' ? Buffer.from(value.data).toString('base64') : value;

async function read() {
  const deserializer = new AvroDeserializer(registry, SerdeType.VALUE, {});
  const consumer = kafka.consumer({groupId: `outside-peer-${process.pid}`});
  await consumer.connect();
  await consumer.subscribe({topics, fromBeginning: true});
  const waiting = new Set(topics);
  await new Promise((resolve, reject) => {
    consumer.on(consumer.events.CRASH, event => reject(event.payload.error));
    consumer
      .run({
        eachMessage: async ({topic, message}) => {
          if (!waiting.delete(topic)) return;
          const value = await deserializer.deserialize(topic, message.value, message.headers);
          const line = {topic, key: message.key.toString('utf8'), value};
          process.stdout.write(JSON.stringify(line, toJson) + '\n');
          if (waiting.size === 0) resolve();
        },
      })
      .catch(reject);
  });
  await consumer.disconnect();
}

// The values of "bytes" fields travel through JSON as {"base64": "..."}.
const fromJson = (key, value) =>
  value && typeof value.base64 === 'string' ? Buffer.from(value.base64, 'base64') : value;

async function write() {
  const serializer = new AvroSerializer(registry, SerdeType.VALUE, {
    autoRegisterSchemas: false,
    useLatestVersion: true,
  });
  const producer = kafka.producer();
  await producer.connect();
  for await (const line of readline.createInterface({input: process.stdin})) {
    const {topic, key, value} = JSON.parse(line, fromJson);
    const bytes = await serializer.serialize(topic, value);
    await producer.send({topic, messages: [{key, value: bytes}]});
  }
  await producer.disconnect();
}

(mode === 'write' ? write() : read()).catch(error => {
  console.error(error);
  process.exit(1);
});

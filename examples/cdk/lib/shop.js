import cdk from 'aws-cdk-lib';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Bucket } from 'aws-cdk-lib/aws-s3';

export class Shop extends cdk.Stack {
  constructor(scope, id, props) {
    super(scope, id, props);
    new Table(this, 'Orders', {
      partitionKey: { name: 'id', type: AttributeType.STRING },
      deletionProtection: true,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      removalPolicy: cdk.RemovalPolicy.DESTROY,
    });
    new Bucket(this, 'Invoices', { versioned: true });
  }
}
